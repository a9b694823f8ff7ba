"""Files in which the two readers differ and the import is not to blame: path below the folder, and why.

They are files that RFC 5545 does not allow, so that nobody knows what they mean, and those that the judge reads wrongly.
An entry that no longer differs fails the check.
"""

EXCUSED = {
    "icalendar-python/src_icalendar_tests_calendars_issue_156_RDATE_with_PERIOD_TZID_khal.ics":
        "not well-formed: the event has no UID (3.6.1), and replaces a part of a series that is not there",
    "icalendar-python/src_icalendar_tests_calendars_issue_156_RDATE_with_PERIOD_TZID_khal_2.ics":
        "the judge drops the RDATE of an event that has a RECURRENCE-ID, too; any VEVENT may have one (3.8.5.2)",
    "icalendar-python/src_icalendar_tests_calendars_issue_1633_rdate_with_dates.ics":
        "not well-formed: a PERIOD is made of dates with times, not of dates (3.3.9)",
    "icalendar-python/src_icalendar_tests_calendars_issue_1633_rdate_with_dates_and_tzid.ics":
        "not well-formed: a PERIOD is made of dates with times, not of dates (3.3.9)",
    "recurring-ical-events/recurring_ical_events_test_calendars_issue_128_only_first_event.ics":
        "not well-formed: COUNT=-1, and UNTIL beside COUNT (3.3.10); the import heeds the UNTIL",
    "x-wr-timezone/test_calendars_moved-event-RECURRENCE-ID.in.ics":
        "the judge repeats a series whose DTSTART is in UTC on the clock of X-WR-TIMEZONE; it recurs in UTC (3.3.5, form 2),"
        " and a property that is not standard does not change that (3.8.8.2)",
}
