-- Where a person would go first the next time something breaks: 1 is the desk, 2 to 5 are other ways. Asked now and then.
ALTER TABLE responses ADD COLUMN first_choice BIGINT;
