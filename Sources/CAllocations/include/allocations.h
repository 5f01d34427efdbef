/// Counts the heap allocations of the process: this target replaces malloc and its kin by ones that count.
unsigned long allocations_count(void);
