// Opening: the latest snapshot from the hot records of the store.
#include <algorithm>
#include <functional>
#include <limits>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/graph_impl.h"

namespace attlas::graph {
namespace {

// Edges by the processor that reads them: fewer are not worth a thread.
constexpr uint32_t kEdgesOfAThread = 8'000;
constexpr uint32_t kMaxThreads = 8;

// What the threads that read hot records share: the classes of access of the snapshot.
class SharedClasses {
 public:
  // `marking_of` tells the marking that a hot record stands for.
  SharedClasses(std::function<Marking(const HotRecord&)> marking_of, AccessClasses& classes)
      : marking_of_(std::move(marking_of)), classes_(classes) {}

  absl::StatusOr<AccessId> Find(const HotRecord& hot) ATTLAS_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return classes_.FindOrAdd(marking_of_(hot), static_cast<Confidence>(hot.confidence));
  }

 private:
  const std::function<Marking(const HotRecord&)> marking_of_;
  Mutex mutex_;
  AccessClasses& classes_ ATTLAS_GUARDED_BY(mutex_);
};

// The same for one thread, which looks each combination up once: there are few, and many records.
class KnownClasses {
 public:
  explicit KnownClasses(SharedClasses& shared) : shared_(shared) {}

  absl::StatusOr<AccessId> Find(const HotRecord& hot) {
    const uint64_t key = uint64_t{hot.space} << 16 | uint64_t{hot.level} << 8 | hot.confidence;
    if (key == last_key_) return last_;
    const auto known = ids_.find(key);
    if (known == ids_.end()) {
      ATTLAS_ASSIGN_OR_RETURN(last_, shared_.Find(hot));
      ids_.emplace(key, last_);
    } else {
      last_ = known->second;
    }
    last_key_ = key;
    return last_;
  }

 private:
  SharedClasses& shared_;
  absl::flat_hash_map<uint64_t, AccessId> ids_;
  uint64_t last_key_ = std::numeric_limits<uint64_t>::max();
  AccessId last_ = 0;
};

// Reads the edges of the ordinals from `first` to before `last`.
absl::Status ReadLinks(const Store& store, SharedClasses& shared, uint32_t first, uint32_t last,
                       std::vector<NumberedLink>* links) {
  KnownClasses classes(shared);
  absl::Status failed;
  ATTLAS_RETURN_IF_ERROR(
      store.ForEachHot(EntityKind::kEdge, first, last, [&](EdgeOrdinal edge, const HotRecord& hot) {
        const absl::StatusOr<AccessId> access = classes.Find(hot);
        if (!access.ok()) return failed.Update(access.status());
        links->push_back(
            {edge, {hot.from, hot.to, hot.valid_from, hot.valid_to, hot.type, *access}});
      }));
  return failed;
}

uint32_t ThreadsFor(uint32_t edges) {
  const uint32_t processors = std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads);
  return std::clamp(edges / kEdgesOfAThread, 1U, processors);
}

// Reads all edges, of which there are at most so many; each thread a part of their ordinals.
absl::StatusOr<std::vector<std::vector<NumberedLink>>> ReadAllLinks(const Store& store,
                                                                    SharedClasses& shared,
                                                                    uint32_t edges) {
  const uint32_t parts = ThreadsFor(edges);
  const uint32_t size = edges / parts + 1;
  std::vector<std::vector<NumberedLink>> links(parts);
  std::vector<absl::Status> results(parts);
  const auto read = [&](uint32_t part) {
    links[part].reserve(size);
    const bool is_last = part + 1 == parts;
    const uint32_t last = is_last ? std::numeric_limits<uint32_t>::max() : (part + 1) * size;
    results[part] = ReadLinks(store, shared, part * size, last, &links[part]);
  };
  std::vector<std::thread> others;
  for (uint32_t part = 1; part < parts; ++part) others.emplace_back(read, part);
  read(0);
  for (std::thread& other : others) other.join();
  for (const absl::Status& result : results) ATTLAS_RETURN_IF_ERROR(result);
  return links;
}

}  // namespace

absl::Status Graph::Impl::BuildLatest(const StoreHead& head,
                                      std::shared_ptr<const OntologyIndex> ontology) {
  SnapshotBuilder builder(nullptr, std::move(ontology));
  SharedClasses shared([this](const HotRecord& hot) { return MarkingOf(hot); },
                       builder.access_classes());
  KnownClasses classes(shared);
  absl::Status failed;
  ATTLAS_RETURN_IF_ERROR(
      store->ForEachHot(EntityKind::kNode, 0, std::numeric_limits<uint32_t>::max(),
                        [&](NodeOrdinal node, const HotRecord& hot) {
                          const absl::StatusOr<AccessId> access = classes.Find(hot);
                          if (!access.ok()) return failed.Update(access.status());
                          builder.PutNode(node, hot.type, *access);
                        }));
  ATTLAS_RETURN_IF_ERROR(failed);
  ATTLAS_ASSIGN_OR_RETURN(auto links, ReadAllLinks(*store, shared, head.next_edge));
  builder.PutAllEdges(std::move(links));
  latest.Publish(std::move(builder).Build(head.revision));
  return absl::OkStatus();
}

}  // namespace attlas::graph
