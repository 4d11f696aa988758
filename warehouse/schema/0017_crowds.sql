-- The warehouse hash leaves out the pairs of crowds: the view of these is new.
UPDATE generation SET number = number + 1;
