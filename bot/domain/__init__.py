"""What a lesson, a learner and a day are. Pure: no SQL, no Slack, no files, no clock."""
