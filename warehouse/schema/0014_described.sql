-- Which descriptions the comments on tables, views and columns repeat; empty where views were made anew.
CREATE TABLE described (digest VARCHAR);
