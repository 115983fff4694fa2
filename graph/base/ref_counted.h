// Intrusive reference counts, for objects that many snapshots share.
//
// Threads: counts are atomic; a RefPtr itself is a value like any other.
#ifndef ATTLAS_GRAPH_BASE_REF_COUNTED_H_
#define ATTLAS_GRAPH_BASE_REF_COUNTED_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace attlas::graph {

// A pointer that shares in owning a T, which counts its references: AddRef and DropRef.
template <typename T>
class RefPtr {
 public:
  constexpr RefPtr() = default;
  constexpr RefPtr(std::nullptr_t) {}  // NOLINT(google-explicit-constructor)
  RefPtr(const RefPtr& other) : object_(other.object_) {
    if (object_ != nullptr) object_->AddRef();
  }
  RefPtr(RefPtr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <typename U>
  RefPtr(RefPtr<U> other) noexcept : object_(other.Release()) {}  // NOLINT: as T* from U*.
  RefPtr& operator=(RefPtr other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~RefPtr() {
    if (object_ != nullptr) object_->DropRef();
  }

  // Takes over a reference that the caller holds.
  static RefPtr Adopt(T* object) {
    RefPtr result;
    result.object_ = object;
    return result;
  }
  // Gives the reference to the caller.
  T* Release() { return std::exchange(object_, nullptr); }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }
  friend bool operator==(const RefPtr&, const RefPtr&) = default;

 private:
  T* object_ = nullptr;
};

// Base of objects made with `new`. They start with one reference, which MakeRef adopts.
template <typename T>
class RefCounted {
 public:
  RefCounted() = default;
  // A copy is a new object with its own count.
  RefCounted(const RefCounted&) noexcept {}
  RefCounted& operator=(const RefCounted&) noexcept { return *this; }

  void AddRef(uint32_t count = 1) const { references_.fetch_add(count, std::memory_order_relaxed); }
  void DropRef(uint32_t count = 1) const {
    if (references_.fetch_sub(count, std::memory_order_acq_rel) == count) {
      delete static_cast<const T*>(this);
    }
  }
  // Whether the caller holds the only reference, so that it may change the object.
  bool unique() const { return references_.load(std::memory_order_acquire) == 1; }

 protected:
  ~RefCounted() = default;

 private:
  mutable std::atomic<uint32_t> references_{1};
};

template <typename T, typename... Args>
RefPtr<T> MakeRef(Args&&... args) {
  return RefPtr<T>::Adopt(new T(std::forward<Args>(args)...));
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_BASE_REF_COUNTED_H_
