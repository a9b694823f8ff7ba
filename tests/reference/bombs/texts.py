"""Tables, calendars, mails, JSON and plans: functions that write bytes until a size is reached."""

import base64


def fill(path, size, head, piece, tail=b""):
    """`piece` is bytes, or a function of a number, repeated until the file is nearly `size` bytes long."""
    with open(path, "wb") as file:
        file.write(head)
        written, number = len(head) + len(tail), 0
        while True:
            # In blocks, since most pieces are tiny.
            block = b"".join(piece(number + i) for i in range(500)) if callable(piece) else piece * max(1, 60_000 // len(piece))
            if written + len(block) > size:
                rest = (size - written) // max(1, len(block) // (500 if callable(piece) else max(1, 60_000 // len(piece))))
                file.write(b"".join(piece(number + i) for i in range(rest)) if callable(piece) else piece * rest)
                break
            file.write(block)
            written, number = written + len(block), number + 500
        file.write(tail)


def text(head, piece, tail=""):
    """The same for texts."""
    encoded = (lambda number: piece(number).encode()) if callable(piece) else piece.encode()
    return lambda path, size: fill(path, size, head.encode(), encoded, tail.encode())


def nested(begin, end, depth, middle=""):
    return lambda path, _: path.write_text(begin * depth + middle + end * depth)


TABLE_HEADS = {
    "windows": "name,date,start,duration\n",
    "holidays": "date,name\n",
    "freezes": "name,from,to\n",
    "systems": "name,hosts,depends on\n",
    "areas": "name,owner,email\n",
    "people": "name,team,email\n",
    "advisories": "cve,title,published,severity\n",
}
TABLE_ROWS = {
    "windows": lambda n: f"W{n},2027-{n % 12 + 1:02}-{n % 28 + 1:02},22:00,4h\n",
    "holidays": lambda n: f"2027-{n % 12 + 1:02}-{n % 28 + 1:02},Day {n}\n",
    "freezes": lambda n: f"F{n},2027-{n % 12 + 1:02}-{n % 28 + 1:02},2027-12-31\n",
    "systems": lambda n: f"S{n},{n % 90},S{n // 2}\n",
    "areas": lambda n: f"A{n},Owner {n},o{n}@bank.example\n",
    "people": lambda n: f"P{n},T{n % 100},p{n}@bank.example\n",
    "advisories": lambda n: f"CVE-2027-{n:07},Hole {n},2027-{n % 12 + 1:02}-{n % 28 + 1:02},High\n",
}


def tables():
    """For each topic that reads tables: rows without end, and all shapes for one of them."""
    for topic, head in TABLE_HEADS.items():
        yield topic, "rows.csv", text(head, TABLE_ROWS[topic])
        yield topic, "unclosed-quote.csv", text(head + '"', "x\n")
    for topic in ["windows", "systems"]:
        head = TABLE_HEADS[topic]
        yield topic, "one-cell.csv", text(head + '"', "x", '"\n')
        yield topic, "line-ends.csv", text(head, "\n")
        yield topic, "only-line-ends.csv", text("", "\n")
        yield topic, "commas.csv", text(head, ",")
        yield topic, "comma-lines.csv", text(head, ",\n")
        yield topic, "titles.csv", text("name", ",a", "\n")
        yield topic, "quotes.csv", text(head, '""')
        yield topic, "quoted.csv", text(head, '"x"\n')
        yield topic, "one-line.csv", text("", "x")
        yield topic, "nul.csv", text(head, "\0")
        yield topic, "one-byte-rows.csv", text("name\n", "x\n")
        yield topic, "numbered-rows.csv", text("name\n", lambda n: f"{n}\n")
        yield topic, "wide-rows.csv", text(head, "a," * 2000 + "\n")
        yield topic, "latin1.csv", lambda path, size: fill(path, size, b"name\n", b"\xe4\xf6\n")
        yield topic, "utf16.csv", lambda path, size: fill(path, size, "\ufeffname\n".encode("utf-16-le"),
                                                          "ä\n".encode("utf-16-le"))
        yield topic, "wide-unicode.csv", text(head, "\U0001f600\n")
    yield "systems", "dependencies.csv", text(TABLE_HEADS["systems"] + 'a,1,"', lambda n: f"S{n};", '"\n')
    yield "windows", "dates.csv", text("name,date\n", lambda n: f"One,{2027 + n % 3}-{n % 12 + 1:02}-{n % 28 + 1:02}\n")
    yield "windows", "rules.csv", text("name,date,rule\n", lambda n: f"W{n},2027-01-01,every day\n")
    yield "windows", "zones.csv", text("name,date,zone\n", lambda n: f"W{n},2027-01-01,Area/Place_{n}\n")
    yield "people", "absences.csv", text("name,absent from,absent to\n", lambda n: "A,2027-01-01,2027-01-02\n")


def event(n, more="", day=None):
    day = day or f"2027{n % 12 + 1:02}{n % 28 + 1:02}"
    return f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:E{n}\r\nDTSTART:{day}T220000Z\r\nDURATION:PT4H\r\n{more}END:VEVENT\r\n"


def vtimezone(n, more=""):
    return (f"BEGIN:VTIMEZONE\r\nTZID:Z{n}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\n"
            f"TZOFFSETTO:+0200\r\n{more}END:STANDARD\r\nEND:VTIMEZONE\r\n")


BEGIN, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", "END:VCALENDAR\r\n"


def calendar(piece, tail=""):
    return text(BEGIN, piece, tail + END)


def calendars():
    shapes = {
        "events": calendar(event),
        "tiny-events": calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n"),
        "daily-rules": calendar(lambda n: event(n, "RRULE:FREQ=DAILY;COUNT=44000\r\n")),
        "few-daily-rules": lambda path, _: calendar(lambda n: event(n, "RRULE:FREQ=DAILY;COUNT=44000\r\n", "19900101"))(
            path, 1_000_000),
        "secondly-rules": calendar(lambda n: event(n, "RRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z\r\n")),
        "by-everything": lambda path, _: calendar(lambda n: event(
            n, "RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9;"
            "BYMINUTE=0,1,2,3,4,5,6,7,8,9,10;BYSECOND=0,1,2,3,4,5\r\n", "19900101"))(path, 2_000_000),
        "rdates": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART:20270101T220000Z\r\nRDATE:20270101T220000Z",
                       lambda n: f",2027{n % 12 + 1:02}{n % 28 + 1:02}T22{n % 60:02}00Z", "\r\nEND:VEVENT\r\n" + END),
        "exdates": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART:20270101T220000Z\r\nRRULE:FREQ=DAILY\r\n",
                        lambda n: f"EXDATE:2027{n % 12 + 1:02}{n % 28 + 1:02}T220000Z\r\n", "END:VEVENT\r\n" + END),
        "overrides": calendar(lambda n: f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nRECURRENCE-ID:2027{n % 12 + 1:02}"
                                        f"{n % 28 + 1:02}T22{n % 60:02}00Z\r\nDTSTART:20270101T220000Z\r\nEND:VEVENT\r\n"),
        "one-line": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T220000Z\r\nSUMMARY:", "x",
                         "\r\nEND:VEVENT\r\n" + END),
        "folded": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T220000Z\r\nSUMMARY:", "\r\n x",
                       "\r\nEND:VEVENT\r\n" + END),
        "commas": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T220000Z\r\nCATEGORIES:", "x,",
                       "\r\nEND:VEVENT\r\n" + END),
        "parameters": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;X=", "x;X=", ":20270101T220000Z\r\nEND:VEVENT\r\n" + END),
        "properties": text(BEGIN + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T220000Z\r\n", "X:\r\n", "END:VEVENT\r\n" + END),
        "nested": text("", "BEGIN:VCALENDAR\r\n"),
        "nested-events": text(BEGIN, "BEGIN:VEVENT\r\n"),
        "alarms": calendar("BEGIN:VALARM\r\n"),
        "zones": calendar(vtimezone),
        "hundred-thousand-zones": lambda path, _: text(BEGIN, vtimezone, event(1) + END)(path, 16_000_000),
        "zone-onsets": text(BEGIN + "BEGIN:VTIMEZONE\r\nTZID:Z\r\n", "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                            "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\n",
                            "END:VTIMEZONE\r\n" + event(1) + END),
        "zone-rdates": text(BEGIN + "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                            "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n", lambda n: f"RDATE:{1980 + n % 120}0101T{n % 24:02}0000\r\n",
                            "END:STANDARD\r\nEND:VTIMEZONE\r\n" + event(1) + END),
        "zone-names": calendar(lambda n: f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:x\r\nDTSTART;TZID=Area/Place_{n}:20270101T220000\r\n"
                                         "END:VEVENT\r\n"),
        "calendars": text("", BEGIN + END),
        "line-ends": text("BEGIN:VCALENDAR\r\n", "\r\n"),
        "no-end": text(BEGIN, event),
        "no-line-ends": text("BEGIN:VCALENDAR", "x"),
    }
    for topic in ["windows", "holidays", "freezes", "replies"]:
        for name, write in shapes.items():
            if topic == "windows" or name in {"events", "daily-rules", "few-daily-rules", "nested", "zones", "one-line"}:
                yield topic, f"{name}.ics", write


REPLY = ("From: a@bank.example\r\nSubject: Accepted\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
         f"{BEGIN}METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@bank.example\r\n"
         f"DTSTAMP:20270101T000000Z\r\nEND:VEVENT\r\n{END}\r\n")


def many_replies(n):
    return (f"BEGIN:VEVENT\r\nUID:x{n}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a{n}@bank.example\r\n"
            "DTSTAMP:20270101T000000Z\r\nEND:VEVENT\r\n")


def base64_mails(path, size):
    """A mail in a mail in a mail, each in base64, until the size is reached."""
    mail = REPLY.encode()
    while len(mail) * 1.37 + 100 < size:
        mail = (b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(mail))
    path.write_bytes(mail)


def mails():
    multipart = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    shapes = {
        "mbox": text("", "From - x\n" + REPLY.replace("\r\n", "\n") + "\n"),
        "tiny-mbox": text("", "From - x\n\nx\n\n"),
        "empty-mbox": text("From - x\n", "From - x\n"),
        "base64-in-base64": base64_mails,
        "attachment": text(multipart + "--x\r\nContent-Type: application/octet-stream\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n", "QUJD" * 19 + "\r\n", "--x--\r\n"),
        "base64-calendar": text("From: a@b.example\r\nContent-Type: text/calendar; method=REPLY\r\n"
                                "Content-Transfer-Encoding: base64\r\n\r\n", "QUJD" * 19 + "\r\n"),
        "quoted-printable": text("From: a@b.example\r\nContent-Type: text/calendar; method=REPLY\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=41"),
        "parts": text(multipart, "--x\r\n\r\nx\r\n", "--x--\r\n"),
        "empty-parts": text(multipart, "--x\r\n"),
        "calendar-parts": text(multipart, "--x\r\n" + REPLY, "--x--\r\n"),
        "nested-parts": text("", lambda n: f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"),
        "nested-mails": text("", "Content-Type: message/rfc822\r\n\r\n"),
        "headers": text("From: a@b.example\r\n", "X-A: b\r\n", "\r\n"),
        "one-header": text("From: a@b.example\r\nSubject: ", "x", "\r\n\r\n"),
        "folded-header": text("From: a@b.example\r\nSubject: x", "\r\n x", "\r\n\r\n"),
        "addresses": text("From: a@b.example\r\nTo: a@b.example", ",a@b.example", "\r\n\r\n"),
        "encoded-words": text("From: a@b.example\r\nSubject: x", " =?utf-8?B?w6Q=?=", "\r\n\r\n"),
        "parameters": text("From: a@b.example\r\nContent-Type: text/calendar", "; a=b", "\r\n\r\n"),
        "replies": text("From: a@b.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" + BEGIN + "METHOD:REPLY\r\n",
                        many_replies, END),
    }
    for name, write in shapes.items():
        yield "replies", f"{name}.eml", write


def json_files():
    head = '{"title": "x", "catalogVersion": "1", "vulnerabilities": ['
    record = lambda n: (f'{{"cveID": "CVE-2027-{n:07}", "vendorProject": "A", "product": "B", "vulnerabilityName": "N{n}", '
                        '"dateAdded": "2027-01-02", "shortDescription": "x", "requiredAction": "p", "dueDate": "2027-01-23"},')
    shapes = {
        "records": text(head, record, '{}]}'),
        "empty-records": text(head, "{},", "{}]}"),
        "numbers": text(head, "1,", "1]}"),
        "arrays": text(head, "[],", "[]]}"),
        "nested-arrays": text("", "["),
        "nested-vulnerabilities": text(head, "["),
        "nested-objects": text("", '{"vulnerabilities":'),
        "one-string": text('{"vulnerabilities": [], "title": "', "x", '"}'),
        "escapes": text('{"vulnerabilities": [], "title": "', "\\u00e4", '"}'),
        "keys": text('{"vulnerabilities": []', lambda n: f',"k{n}":1', "}"),
        "long-fields": text(head + '{"cveID": "CVE-2027-1", "dateAdded": "2027-01-02", "notes": "', "x", '"}]}'),
        "spaces": text(head, " ", "]}"),
        "digits": text('{"vulnerabilities": [', "1", "]}"),
    }
    for name, write in shapes.items():
        yield "advisories", f"{name}.json", write


PLAN = '(format: 2, id: "p", title: "T", horizon: (from: "2027-01-01", months: 12), zone: "UTC", '
WINDOW = '(id: "w{n}", name: "W", rule: {rule}, start: "22:00", duration: "4h"{more}),'
ONE = 'Dates([(on: "2027-01-02")])'
# Plans for as many months as possible: a plan covers at most 60.
LONG = PLAN.replace("months: 12", "months: 1440")
DAILY = 'Weekly(days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], every: 1)'
FREEZE = '(id: "f{n}", name: "F", first_on: "2027-01-02", last_on: "2031-12-30"),'


def day(n):
    return f"2027-{n % 12 + 1:02}-{n % 28 + 1:02}"


def plans():
    def windows(rule, more="", head=PLAN, most=None):
        write = text(head + "windows: [", lambda n: WINDOW.format(n=n, rule=rule, more=more), "])")
        return write if most is None else lambda path, size: write(path, min(size, most))

    def window(field, piece, tail="]"):
        """One window with a list of this field that does not end."""
        return text(PLAN + 'windows: [(id: "w", name: "W", start: "22:00", duration: "4h", ' + field, piece, tail + ")])")

    def records(field, piece, before=""):
        return text(PLAN + before + f"{field}: [", piece, "])")

    once = f"rule: {ONE}, "
    return {
        "windows": windows(ONE),
        "weekly-windows": windows('Weekly(days: ["Sat"], every: 1)'),
        "daily-windows": windows(DAILY),
        "daily-windows-of-many-years": windows(DAILY, head=LONG, most=1_000_000),
        "foreign-windows": windows('Foreign("FREQ=HOURLY")'),
        "release-windows": windows('AfterRelease(release: "r", offset_days: 1, then: None)'),
        "windows-on-one-system": windows('Weekly(days: ["Sat"], every: 1)', ', systems: ["s"]',
                                         PLAN + 'systems: [(id: "s", name: "S", hosts: 9)], ', 4_000_000),
        "exceptions": window(once + "exceptions: [", lambda n: f'(on: "{day(n)}", change: Skipped(reason: "x"), sequence: 1),'),
        "moved": window(once + "exceptions: [", lambda n: f'(on: "{day(n)}", change: Moved(to: "{day(n + 1)}"), sequence: 1),'),
        "dates": window("rule: Dates([", lambda n: f'(on: "{day(n)}"),', "])"),
        "bookings": window(once + "bookings: [", lambda n: f'(duty: Work, who: Team("t{n}")),'),
        "window-systems": window(once + "systems: [", lambda n: f'"s{n}",'),
        "tracks": window(once + "work: Tracks([[", lambda n: f'"s{n}",', "]])"),
        "impact": window(once + 'impact: "', "x", '"'),
        "impact-lines": window(once + 'impact: "', "\\n", '"'),
        "systems": records("systems", lambda n: f'(id: "s{n}", name: "S", hosts: 1),'),
        "chained-systems": records("systems", lambda n: f'(id: "s{n}", name: "S", depends_on: ["s{n + 1}"]),'),
        "dependencies": text(PLAN + 'systems: [(id: "s", name: "S", hosts: 1, depends_on: [', lambda n: f'"s{n}",', "])])"),
        "freezes": records("freezes", lambda n: f'(id: "f{n}", name: "F", first_on: "2027-01-02", last_on: "2027-12-30"),'),
        "frozen-windows": lambda path, _: records(
            "freezes", lambda n: f'(id: "f{n}", name: "F", first_on: "2027-01-02", last_on: "2027-12-30"),',
            'windows: [(id: "w", name: "W", rule: Weekly(days: ["Sat"], every: 1), start: "22:00", duration: "4h")], ')(
                path, 4_000_000),
        "frozen-windows-of-many-years": windows(DAILY, head=LONG + "freezes: [" + FREEZE.format(n=1) + "], ", most=100_000),
        "many-freezes-of-many-windows": windows('Weekly(days: ["Sat"], every: 1)', head=PLAN + "freezes: [" + "".join(
            FREEZE.format(n=n) for n in range(5_000)) + "], ", most=1_000_000),
        "overlapping-windows-of-many-years": windows(DAILY, ', systems: ["s"]', LONG + 'systems: [(id: "s", name: "S", hosts: '
                                                     '9)], ', 100_000),
        "holidays": text(PLAN + 'holidays: [(id: "h", name: "H", days: [', lambda n: f'(on: "{day(n)}", name: "x"),', "])])"),
        "holiday-calendars": records("holidays", lambda n: f'(id: "h{n}", name: "H"),'),
        "areas": records("areas", lambda n: f'(id: "a{n}", name: "A"),'),
        "people": records("people", lambda n: f'(id: "p{n}", name: "P"),'),
        "teams": records("teams", lambda n: f'(id: "t{n}", name: "T"),'),
        "ladders": records("ladders", lambda n: f'(id: "l{n}", name: "L"),'),
        "groups": text(PLAN + 'ladders: [(id: "l", name: "L", groups: [', lambda n: f'(id: "g{n}", name: "G"),', "])])"),
        "advisories": records("advisories", lambda n: f'(id: "a{n}", title: "A", published_on: "2027-01-02"),'),
        "checklists": records("checklists", lambda n: f'(id: "c{n}", name: "C"),'),
        "ledger": records("ledger", lambda n: f'(of: (window: "w{n}", on: "2027-01-02", area: "a"), agreement: Asked(on: '
                          '"2027-01-01")),'),
        "nights": records("nights", lambda n: f'(of: (window: "w{n}", on: "2027-01-02")),'),
        "acceptances": records("acceptances", lambda n: f'(id: "a{n}", reason: "x"),'),
        "conflicts": records("conflicts", "(),"),
        "title": text(PLAN.replace('title: "T", ', "") + 'title: "', "x", '")'),
        "id": text(PLAN.replace('id: "p", ', "") + 'id: "', "x", '")'),
        "id-without-title": text('(format: 2, id: "', "x", '")'),
        "comment": text("//", "x", "\n" + PLAN + ")"),
        "comments": text(PLAN, "//\n", ")"),
        "spaces": text(PLAN, " ", ")"),
        "nested": text(PLAN + "windows: ", "["),
        "nested-unknown": text(PLAN + "unknown: ", "["),
        "nested-parentheses": text("", "("),
        "nested-records": text(PLAN + "windows: ", "("),
        "nested-brackets": text("", "["),
        "nested-braces": text("{", "{"),
        "nested-fields": text("(a: ", "(a:"),
        "nested-lists-of-records": text(PLAN + "unknown: ", "[(a: 1, b:"),
        "unknown-numbers": text(PLAN + "unknown: [", "1,", "])"),
        "unknown-records": text(PLAN + "unknown: [", lambda n: f'(id: "u{n}"),', "])"),
        "unknown-record-of-unknown-records": text(PLAN + "u: [(v: [", lambda n: f"(id: {n}, w: 1),", "])])"),
        "nested-some": text(PLAN + "unknown: ", "Some("),
        "nested-comments": text("", "/*"),
        "nested-comments-in-a-plan": text(PLAN, "/*"),
        "raw-string": text(PLAN + "unknown: r", "#"),
        "unknown-fields": text(PLAN, lambda n: f"u{n}: 1,", ")"),
        "unknown-list": text(PLAN + "unknown: [", "(),", "])"),
        "unknown-fields-of-windows": windows(ONE, ", unknown: 1"),
        "escapes": text(PLAN.replace('title: "T", ', "") + 'title: "', "\\u{e4}", '")'),
        "empty-windows": text(PLAN + "windows: [", "(),", "])"),
        "same-ids": text(PLAN + "windows: [", WINDOW.format(n=1, rule=ONE, more=""), "])"),
        "nul": text("(", "\0"),
        "extensions": text("", "#![enable(implicit_some)]\n", PLAN + ")"),
    }
