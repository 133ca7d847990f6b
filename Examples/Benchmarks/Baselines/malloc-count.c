/* Counts the calls of malloc and its kin, and prints the number at the end: LD_PRELOAD=./malloc-count.so COMMAND.
 * gcc -shared -fPIC -O2 -o malloc-count.so malloc-count.c -ldl */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static atomic_ulong calls;

void *malloc(size_t size) { atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed); return __libc_malloc(size); }
void *calloc(size_t n, size_t size) { atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed); return __libc_calloc(n, size); }
void *realloc(void *p, size_t size) { atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed); return __libc_realloc(p, size); }

__attribute__((destructor)) static void report(void) { fprintf(stderr, "allocations: %lu\n", (unsigned long)calls); }
