"""Question to evidence to a cited answer, or an honest refusal."""
