"""What AWS and its provider are known to do with a changed property, with the source of each fact."""
