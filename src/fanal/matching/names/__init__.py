"""Names that are known only by their marks, found in texts however they are written.

from fanal.matching.names import NameIndex, marks

index = NameIndex(key)
index.add(marks(["bad.example"], key=key))
index.find("see bad [dot] example")  # [Spotted(start=4, end=21, mark=…)]
"""

from fanal.matching.names.index import NameIndex, Spotted
from fanal.matching.names.keyed import marks

__all__ = ["NameIndex", "Spotted", "marks"]
