"""The program that Pulumi runs in this folder: the project's components are in the parent folder."""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
importlib.import_module("bootstrap.backend").backend()
