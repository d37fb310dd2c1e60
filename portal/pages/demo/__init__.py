"""Content of the demo province as plain data: no Django, no database, no network (see `plan.province_plan`)."""
