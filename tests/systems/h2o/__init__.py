"""The lines of system 3, h2o-allegiant, part by part."""
