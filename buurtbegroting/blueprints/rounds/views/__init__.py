"""Pages for everybody about rounds."""
