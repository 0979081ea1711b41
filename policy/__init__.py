"""The CrossGuard policy pack; only this folder is published."""
