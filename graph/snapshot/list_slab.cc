#include "graph/snapshot/list_slab.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace attlas::graph {

ListSlab* ListSlab::New() {
  void* const memory = std::aligned_alloc(kBytes, kBytes);
  if (memory == nullptr) throw std::bad_alloc();
  // A hint: without huge pages everything works the same, more slowly.
  (void)madvise(memory, kBytes, MADV_HUGEPAGE);
  return new (memory) ListSlab();
}

void ListSlab::Drop() {
  if (holders_.fetch_sub(1, std::memory_order_acq_rel) == 1) std::free(this);
}

SlabWriter::~SlabWriter() {
  if (slab_ != nullptr) slab_->Drop();
}

void* SlabWriter::Allocate(size_t bytes) {
  if (bytes > ListSlab::kBytes / 4) return nullptr;
  if (slab_ == nullptr || used_ + bytes > ListSlab::kBytes) {
    if (slab_ != nullptr) slab_->Drop();
    slab_ = ListSlab::New();
    used_ = sizeof(ListSlab);
  }
  void* const room = reinterpret_cast<std::byte*>(slab_) + used_;
  used_ += bytes;
  slab_->holders_.fetch_add(1, std::memory_order_relaxed);
  return room;
}

}  // namespace attlas::graph
