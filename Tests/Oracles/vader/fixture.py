"""Writing a fixture of one record a line, or comparing it with the committed one."""

import json
import pathlib
import sys

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "SentimentTests/Fixtures"


def write_or_check(name, records):
    """With --check: exits with 1 on any difference."""
    lines = ",\n".join(json.dumps(record) for record in records)
    content = f"[\n{lines}\n]\n"
    path = FIXTURES / name
    if "--check" not in sys.argv[1:]:
        path.write_text(content)
    elif not path.exists() or path.read_text() != content:
        sys.exit(f"{path} is not what the package gives")
    print(f"{name}: {len(records)} records")
