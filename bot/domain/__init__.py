"""The rules of lessons, learners and days. Pure: no SQL, no Slack, no files, no clock."""
