"""How both conversions end: the file whole under its name, or not at all."""

from pathlib import Path

import gguf

from recipes.models.base import file_digest


def finish(writer: gguf.GGUFWriter, work: Path, out: Path, tensors: int) -> dict:
    """Write everything to `work`, give it the name `out`, and say what it is; `bytes` and digest are of the file."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    work.replace(out)
    return {"file": str(out), "bytes": out.stat().st_size, "sha256": file_digest(out), "tensors": tensors}
