"""What operators do with the hallway's read model. Run: python -m services.directory.operations --help"""

from services.directory.projections.memory import HALLWAY
from services.kit.operating import door

app = door(HALLWAY)

if __name__ == "__main__":
    app()
