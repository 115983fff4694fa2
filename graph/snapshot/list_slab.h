// Memory for the adjacency lists of a large graph: blocks of 2 MiB in huge pages of the system.
//
// What: lists that are made together lie together, without a gap or an allocation each; in huge
// pages a random walk over them misses the address cache of the processor far less often. How: a
// block begins at a multiple of its size, so that a list finds its block by its own address. The
// block goes when the last list in it does; what replaced lists leave meanwhile is not reused.
// Threads: lists may be let go by any thread; a SlabWriter is single-thread.
#ifndef ATTLAS_GRAPH_SNAPSHOT_LIST_SLAB_H_
#define ATTLAS_GRAPH_SNAPSHOT_LIST_SLAB_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace attlas::graph {

class ListSlab {
 public:
  static constexpr size_t kBytes = size_t{2} << 20;

  // The block that an address given out by a SlabWriter lies in.
  static ListSlab* Of(const void* inside) {
    return reinterpret_cast<ListSlab*>(reinterpret_cast<uintptr_t>(inside) & ~(kBytes - 1));
  }
  // Lets go of one thing in the block.
  void Drop();

 private:
  friend class SlabWriter;
  static ListSlab* New();

  std::atomic<uint32_t> holders_{1};  // The lists in it, and the writer while it fills the block.
};

class SlabWriter {
 public:
  SlabWriter() = default;
  SlabWriter(const SlabWriter&) = delete;
  SlabWriter& operator=(const SlabWriter&) = delete;
  ~SlabWriter();

  // Room for one list, to be given back with ListSlab::Drop; null where a block is too small for
  // it. REQUIRES: a multiple of 4.
  void* Allocate(size_t bytes);

 private:
  ListSlab* slab_ = nullptr;
  size_t used_ = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_LIST_SLAB_H_
