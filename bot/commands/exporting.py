"""`export` and `audit FILE.zip`: a case's folder as one zip, and whether such a zip is still what it was (R40)."""

from pathlib import Path

from bot.commands.output import complain, print_json, stdout
from bot.house import House
from bot.papers.names import case_folder
from bot.papers.zips import export_bundle, verify_zip


def export_case(house: House, ref: str, out: Path | None) -> int:
    """Write the case's zip, by default into the current folder; exit code 1 when there is no such case."""
    with house.store.open().reading() as tx:
        case = tx.cases.by_ref(ref)
        if case is None:
            complain([f"no case {ref}; see: zhichi list"])
            return 1
        bundle = house.clerk.gather(tx, case)
        target = out or Path(f"{case_folder(case).name}.zip")
        export_bundle(bundle, target)
    stdout.print(str(target), markup=False)
    if bundle.missing:
        complain([f"still missing: {'、'.join(bundle.missing)}"])
    return 0


def audit_zip(path: Path, *, as_json: bool) -> int:
    """Compare a zip with its manifest; exit code 1 when anything differs. Needs neither configuration nor database."""
    report = verify_zip(path)
    if as_json:
        print_json({"ok": not report.faults, "ref": report.ref, "files": report.files, "faults": list(report.faults)})
    else:
        complain(report.faults)
        if not report.faults:
            stdout.print(f"{report.ref}: {report.files} files, all as the manifest says", markup=False)
    return 1 if report.faults else 0
