"""What was published: the catalogue of sources, the starter notes, and how instruments are named."""
