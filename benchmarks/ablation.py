"""What each engine adds: rules, models alone and together, against hand-made annotations, in one run.

Each combination runs in a process of its own, so that its load time and memory are its own. Speed is characters per
CPU second with the models and tables loaded; memory is the process's peak.

    python benchmarks/ablation.py                                              rules, and the shipped spaCy pipeline
    python benchmarks/ablation.py --hanlp FOLDER --gold GOLD.jsonl=TEXTS …      more engines, more gold
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TYPES = ("AGENCY", "PROGRAM", "COUNT", "ORGANIZATION", "GROUP")


def measure(rules: bool, models: list[str], gold: dict[str, str]) -> dict[str, Any]:
    """The figures of one combination: ``load`` in s, ``memory`` in MB, ``speed`` in characters/s, ``sets`` of F1."""
    begun = time.perf_counter()
    from extractors.reading import read, read_text
    from extractors.registry import extract, load_model
    from kg.checking.evaluate import evaluate, load_annotations

    def annotate(doc: Any) -> dict[str, Any]:
        if rules:
            return extract(doc, ner=models).as_annotation()
        found = [mention for model in models for mention in load_model(model)(doc)]
        return {"doc": doc.name, "mentions": [{"start": m.start, "end": m.end, "type": m.type} for m in found]}

    annotate(read_text("民政部印发通知。", "first.txt"))
    loaded = time.perf_counter() - begun
    characters, seconds, sets = 0, 0.0, {}
    for name, texts in gold.items():
        annotations = load_annotations(Path(name))
        docs = [read(Path(texts) / annotation["doc"]) for annotation in annotations]
        begun = time.process_time()
        answers = [annotate(doc) for doc in docs]
        seconds += time.process_time() - begun
        characters += sum(len(doc.text) for doc in docs)
        report = evaluate(annotations, answers)
        sets[name] = {
            kind: (report.exact[kind].f1, *_overlap(report.overlap[kind])) for kind in TYPES if kind in report.exact
        }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": loaded, "memory": memory, "speed": characters / seconds, "sets": sets}


def _overlap(score: Any) -> tuple[float, float, float]:
    return score.f1, score.precision, score.recall


def main() -> None:
    """Print one table a gold set: exact and overlap F1, precision and recall of overlap, by type; then the costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacy", default="spacy", help="the --ner name of a spaCy pipeline")
    parser.add_argument("--hanlp", help="the folder of a HanLP component")
    parser.add_argument("--gold", nargs="*", default=[f"{SAMPLES / 'gold.jsonl'}={SAMPLES}"], help="GOLD.jsonl=TEXTS")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    gold = dict(pair.split("=", 1) for pair in given.gold)
    if given.one is not None:
        rules, *models = given.one.split(",")
        print(json.dumps(measure(rules == "rules", models, gold)))
        return
    models = [given.spacy, *([f"hanlp:{given.hanlp}"] if given.hanlp else [])]
    combinations = [
        (rules, chosen)
        for rules in (True, False)
        for count in range(len(models) + 1)
        for chosen in itertools.combinations(models, count)
        if (rules or count == 1)
    ]
    for rules, chosen in combinations:
        name = ",".join(["rules" if rules else "", *chosen])
        command = [sys.executable, __file__, "--one", name, "--gold", *given.gold]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout.splitlines()[-1])
        costs = f"{told['speed']:,.0f} characters/s, {told['memory']:.0f} MB, {told['load']:.1f} s to load"
        print(f"\n{name.strip(',')}: {costs}")
        for path, kinds in told["sets"].items():
            print(f"  {path}")
            for kind, (exact, f1, precision, recall) in kinds.items():
                print(f"    {kind:13} exact {exact:.3f}  overlap {f1:.3f} (P {precision:.3f} R {recall:.3f})")


if __name__ == "__main__":
    main()
