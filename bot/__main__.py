"""python -m bot: the same as the command factotum."""

from bot.cli import run

if __name__ == "__main__":
    run()
