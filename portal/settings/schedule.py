"""What beat starts, and when; times of day in the portal's time zone."""

from typing import Any, Final

from celery.schedules import crontab

BEAT: Final[dict[str, Any]] = {
    "units-receptions": {"task": "units.plan_all_receptions", "schedule": crontab(hour="0", minute="35")},
    # By day only, and more than once: who registers in the afternoon is reminded as well.
    "units-reception-reminders": {
        "task": "units.remind_all_of_receptions",
        "schedule": crontab(minute="10", hour="8-20"),
        "options": {"expires": 3500},
    },
    "units-reception-changes": {
        "task": "units.tell_all_of_reception_changes",
        "schedule": 600.0,
        "options": {"expires": 550},
    },
    "units-reception-forgetting": {
        "task": "units.forget_all_reception_people",
        "schedule": crontab(hour="0", minute="45"),
    },
    "news-renditions": {"task": "news.sweep_renditions", "schedule": 60.0, "options": {"expires": 50}},
    "news-clock": {"task": "news.turn_clocks", "schedule": 60.0, "options": {"expires": 55}},
    "news-mails": {"task": "news.sweep_mails", "schedule": 600.0, "options": {"expires": 550}},
    "news-approvals": {"task": "news.remind_all_of_approvals", "schedule": crontab(hour="7", minute="30")},
    "news-shares": {"task": "news.sweep_shares", "schedule": 60.0, "options": {"expires": 50}},
    "news-prints": {"task": "news.print_all_texts", "schedule": crontab(hour="0", minute="40")},
    "news-originality": {"task": "news.measure_all_originality", "schedule": crontab(hour="1", minute="40")},
    "news-documents": {"task": "news.dispatch_documents", "schedule": crontab(hour="0", minute="20")},
    "news-disclosures": {"task": "news.measure_all_disclosures", "schedule": crontab(hour="0", minute="1")},
    "news-drafting": {"task": "news.sweep_all_drafting", "schedule": crontab(hour="2", minute="20")},
    "news-digests": {
        "task": "news.dispatch_digests",
        "schedule": crontab(minute="0,15,30,45"),
        "options": {"expires": 800},
    },
    "news-subscriptions": {"task": "news.sweep_subscriptions", "schedule": 600.0, "options": {"expires": 550}},
    "readers-forgetting": {"task": "feedback.dispatch_forgetting", "schedule": crontab(hour="0", minute="10")},
    # Four times a morning: what a killed worker left is found again, each reminder is written once. Days off are passed over.
    "feedback-duties": {"task": "feedback.do_all_case_duties", "schedule": crontab(hour="7-10", minute="40")},
    "feedback-drafts": {"task": "feedback.forget_all_drafts", "schedule": crontab(minute="35")},
    "feedback-files": {"task": "feedback.sweep_files", "schedule": 60.0, "options": {"expires": 55}},
    "feedback-orphans": {"task": "feedback.sweep_all_orphans", "schedule": crontab(hour="2", minute="50")},
    "feedback-letters": {"task": "feedback.sweep_letters", "schedule": 300.0, "options": {"expires": 280}},
    "feedback-months": {"task": "feedback.count_all_months", "schedule": crontab(hour="1", minute="15")},
    "feedback-voters": {"task": "feedback.forget_all_voters", "schedule": crontab(hour="0", minute="12")},
    "feedback-senders": {"task": "feedback.forget_all_case_senders", "schedule": crontab(hour="1", minute="0")},
    "feedback-spam": {"task": "feedback.dispatch_spam", "schedule": crontab(hour="1", minute="5")},
    "feedback-public-files": {"task": "feedback.dispatch_public_files", "schedule": crontab(hour="*/2", minute="25")},
    "feedback-asking": {"task": "feedback.ask_all_again", "schedule": crontab(hour="8", minute="20")},
    "visitors-forgetting": {"task": "core.dispatch_forgetting", "schedule": crontab(hour="0", minute="5")},
    "services-catalogue": {"task": "services.go_on_with_catalogue", "schedule": 60.0, "options": {"expires": 55}},
    "services-feeds": {"task": "services.dispatch_feeds", "schedule": 60.0, "options": {"expires": 55}},
    "services-months": {"task": "services.count_all_months", "schedule": crontab(hour="1", minute="10")},
    "services-voices": {"task": "services.publish_all_satisfaction", "schedule": crontab(hour="0", minute="25")},
    "services-mistakes": {"task": "services.dispatch_mistake_forgetting", "schedule": crontab(hour="0", minute="20")},
    "services-devices": {"task": "services.dispatch_device_forgetting", "schedule": crontab(hour="0", minute="15")},
    "search-drain": {"task": "search.drain_index", "schedule": 30.0, "options": {"expires": 25}},
    "news-links": {
        "task": "news.begin_all_link_rounds",
        "schedule": crontab(hour="21", minute="30", day_of_week="sat"),
    },
    "news-link-work": {"task": "news.find_link_work", "schedule": 3600.0, "options": {"expires": 3500}},
    "news-imports": {"task": "news.find_abandoned_imports", "schedule": 300.0, "options": {"expires": 280}},
    "news-reviews": {"task": "news.remind_all_of_reviews", "schedule": crontab(hour="7", minute="15")},
    "units-appointments": {"task": "units.turn_all_appointments", "schedule": crontab(hour="0", minute="2")},
    "units-previews": {"task": "units.forget_all_previews", "schedule": crontab(hour="0", minute="50")},
    # Again until five: a unit whose mail did not go out is found again, the others are claimed.
    "units-next-week": {"task": "units.remind_all_of_next_week", "schedule": crontab(hour="14-16", minute="10,40")},
    "news-summaries": {"task": "news.remind_all_of_summaries", "schedule": crontab(hour="7", minute="20")},
}
