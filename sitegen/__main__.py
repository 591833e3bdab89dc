"""Lets `python -m sitegen` do what `sitegen` does."""

from sitegen.cli import main

if __name__ == "__main__":
    main()
