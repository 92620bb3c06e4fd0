"""Questions with gold to scores per language."""
