"""A layer includes what stands above it in engine/layers.txt, never below; what few layers may know stays there."""

import re

import sources

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)

# Headers from elsewhere, by how their names begin, and the layers that may include them.
RESERVED = {
    "nlohmann/": {"formats", "import", "generation", "live"},
    "csv.h": {"formats"},
    "openssl/": {"formats"},
    "boost/graph/": {"model", "planning", "execution"},
    "sqlite3.h": {"execution"},
    "curl/": {"live"},
    "Eigen/": {"planning"},
    # Files are touched in formats, and the journal's in execution.
    "fstream": {"formats"},
    "filesystem": {"formats"},
    "fcntl.h": {"formats", "execution"},
    "sys/": {"formats", "execution"},
}


def includes(path):
    content = sources.text(path)
    for match in INCLUDE.finditer(content):
        yield content.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def breaches_of(path, layer, order):
    engine = sources.ROOT / "engine"
    for line, opening, header in includes(path):
        where = f"{sources.name(path)}:{line}"
        if opening == "<":
            if (engine / header).is_file():
                yield f'{where}: <{header}> is ours: write "{header}"'
            for start, allowed in RESERVED.items():
                if header.startswith(start) and layer not in allowed:
                    yield f"{where}: <{header}> belongs to {', '.join(sorted(allowed))}, not to {layer}"
            continue
        other = header.split("/")[0]
        if not (engine / header).is_file() or other not in order:
            yield f'{where}: "{header}" is no header of a layer; paths are written from engine/'
        elif order.index(other) > order.index(layer):
            yield f'{where}: "{header}" stands below {layer} (engine/layers.txt)'


def main():
    order = sources.layers()
    breaches = [f"engine/layers.txt: {layer} is declared twice"
                for layer in sorted(set(order)) if order.count(layer) > 1]
    for folder in sorted((sources.ROOT / "engine").iterdir()):
        if folder.is_dir() and folder.name not in order and folder.name != "cmake":
            breaches.append(f"engine/{folder.name}/ is not declared in engine/layers.txt")
    paths = [path for layer in order for path in sources.files(f"engine/{layer}", suffixes=(".h", ".cc"))]
    for path in paths:
        layer = path.relative_to(sources.ROOT / "engine").parts[0]
        breaches += breaches_of(path, layer, order)
    sources.finish(f"{len(paths)} files in {len(order)} layers", breaches)


if __name__ == "__main__":
    main()
