"""docs/gallery.md is what its commands print."""

import subprocess
import sys


def test_gallery(root):
    subprocess.run([sys.executable, root / "docs" / "make-gallery", "--check"], check=True, timeout=600)
