"""The matrix: what `up` makes of every change of every setting."""
