"""The program that Pulumi runs in this folder: it finds the project's components one folder up."""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
importlib.import_module("bootstrap.backend").backend()
