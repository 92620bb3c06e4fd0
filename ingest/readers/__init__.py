"""One reader a format: a file becomes pages of raw text, of which only what a person sees is kept."""
