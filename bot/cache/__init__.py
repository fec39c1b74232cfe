"""Built bases on disk: those of the platform's cache folder, and the one that comes with the package.

In comes a value made of dataclasses and arrays, out goes a file, and back. A file is read only by the code that wrote it, for the files of
the base that it was built from, with a stemmer that gives the same stems. May import english and kb's files.
"""
