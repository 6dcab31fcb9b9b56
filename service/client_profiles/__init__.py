"""Ready profiles of EHRs as data files, and the checks of what says who a client is. Knows no HTTP and no medicine."""
