"""Forms of officials about rounds."""
