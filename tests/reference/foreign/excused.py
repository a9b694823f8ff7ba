"""Files in which the two readers differ although the import is right: path below the folder, and the reason.

They violate RFC 5545, so their meaning is undefined, or the judge reads them incorrectly. An entry that no longer
differs fails the check.
"""

EXCUSED = {
    "icalendar-python/src_icalendar_tests_calendars_issue_156_RDATE_with_PERIOD_TZID_khal.ics":
        "not well-formed: the event has no UID (3.6.1), and replaces a part of a series that does not exist",
    "icalendar-python/src_icalendar_tests_calendars_issue_1633_rdate_with_dates.ics":
        "not well-formed: a PERIOD consists of dates with times, not of dates (3.3.9)",
    "icalendar-python/src_icalendar_tests_calendars_issue_1633_rdate_with_dates_and_tzid.ics":
        "not well-formed: a PERIOD consists of dates with times, not of dates (3.3.9)",
    "recurring-ical-events/recurring_ical_events_test_calendars_issue_75_range_parameter.ics":
        "not well-formed: the UNTIL of a series of times is a date (3.3.10); the import includes that day",
    "x-wr-timezone/test_calendars_moved-event-RECURRENCE-ID.in.ics":
        "the judge repeats a series whose DTSTART is in UTC on the clock of X-WR-TIMEZONE; it recurs in UTC (3.3.5, form 2),"
        " and a property that is not standard does not change that (3.8.8.2)",
}
