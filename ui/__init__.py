"""The web chat and the terminal."""
