// A hint to the processor to fetch a line of memory that a loop will soon look at.
//
// What: changes nothing but the time. When not: for what is read in order; the processor sees that
// by itself.
// Threads: safe from any thread.
#ifndef ATTLAS_GRAPH_BASE_PREFETCH_H_
#define ATTLAS_GRAPH_BASE_PREFETCH_H_

namespace attlas::graph {

// Any address will do, also one that nothing lies at.
inline void Prefetch(const void* address) {
  __builtin_prefetch(address);
  // GCC takes a function that does nothing but prefetch for one without effect, and drops every
  // call of it; an empty statement that may not be dropped keeps it.
  asm volatile("");
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_PREFETCH_H_
