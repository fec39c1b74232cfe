"""What was asked and what was said, kept for the curators: without personal data, for so many days, in a database."""
