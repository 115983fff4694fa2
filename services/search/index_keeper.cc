#include "services/search/index_keeper.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/status_macros.h"
#include "services/common/handler.h"

namespace attlas::search {
namespace {

// How often a caller who waits looks whether they still want to.
constexpr absl::Duration kLookAtCaller = absl::Milliseconds(50);

// The clearance without regard to the order and the repetition of spaces.
std::string Written(const graph::Clearance& clearance) {
  std::vector<std::string> spaces = clearance.spaces;
  std::sort(spaces.begin(), spaces.end());
  spaces.erase(std::unique(spaces.begin(), spaces.end()), spaces.end());
  return absl::StrCat(static_cast<int>(graph::EffectiveLevel(clearance.level)), " ",
                      clearance.all_spaces ? "all" : absl::StrJoin(spaces, ","));
}

}  // namespace

IndexKeeper::IndexKeeper(services::GraphApi* graph, const IndexKeeperOptions& options)
    : graph_(graph),
      options_(options),
      last_revision_(graph->KnownRevision({}).value_or("")),
      maker_([this] { Run(); }) {}

IndexKeeper::~IndexKeeper() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
    work_.SignalAll();
  }
  maker_.join();
}

bool IndexKeeper::stopping() const {
  const absl::MutexLock lock(&mutex_);
  return stopping_;
}

IndexKeeper::EntryPtr IndexKeeper::FindOrAdd(const std::string& revision,
                                             const graph::Clearance& clearance, bool foreseen) {
  std::string viewer = Written(clearance);
  for (auto it = entries_.begin(); it != entries_.end(); ++it) {
    if ((*it)->revision != revision || (*it)->viewer != viewer) continue;
    entries_.splice(entries_.begin(), entries_, it);
    return entries_.front();
  }
  auto entry = std::make_shared<Entry>();
  entry->revision = revision;
  entry->viewer = std::move(viewer);
  entry->clearance = clearance;
  entry->foreseen = foreseen;
  entries_.push_front(entry);
  // Somebody waits for what was asked for; what is foreseen can wait.
  if (foreseen) {
    to_make_.push_back(entry);
  } else {
    to_make_.push_front(entry);
  }
  work_.Signal();
  return entry;
}

void IndexKeeper::NoteViewer(const Entry& entry) {
  const auto known = std::find_if(viewers_.begin(), viewers_.end(), [&](const Viewer& viewer) {
    return viewer.written == entry.viewer;
  });
  if (known != viewers_.end()) {
    known->active = true;
    viewers_.splice(viewers_.begin(), viewers_, known);
    return;
  }
  viewers_.push_front({entry.viewer, entry.clearance});
  if (viewers_.size() > options_.max_foreseen) viewers_.pop_back();
}

absl::StatusOr<IndexKeeper::Index> IndexKeeper::Get(const services::CallContext& context,
                                                    const std::string& revision,
                                                    graph::TrafficLight ceiling) {
  ATTLAS_RETURN_IF_ERROR(services::CheckCall(context));
  const absl::MutexLock lock(&mutex_);
  const EntryPtr entry = FindOrAdd(revision, graph::Narrow(context.clearance, ceiling), false);
  NoteViewer(*entry);
  absl::Status alive;
  ++entry->waiting;
  while (!entry->done && alive.ok()) {
    done_.WaitWithDeadline(&mutex_, std::min(context.deadline, absl::Now() + kLookAtCaller));
    if (!entry->done) alive = services::CheckCall(context);
  }
  --entry->waiting;
  ATTLAS_RETURN_IF_ERROR(alive);
  ATTLAS_RETURN_IF_ERROR(entry->status);
  return entry->index;
}

void IndexKeeper::Drop(const Entry* entry) {
  entries_.remove_if([entry](const EntryPtr& kept) { return kept.get() == entry; });
}

IndexKeeper::EntryPtr IndexKeeper::NextToMake() {
  while (!to_make_.empty()) {
    EntryPtr entry = std::move(to_make_.front());
    to_make_.pop_front();
    if (entry->foreseen || entry->waiting > 0) return entry;
    // All who wanted it have gone, so that nobody can fill the queue by leaving early.
    Drop(entry.get());
  }
  return nullptr;
}

void IndexKeeper::Run() {
  while (true) {
    EntryPtr entry;
    {
      const absl::MutexLock lock(&mutex_);
      if (to_make_.empty() && !stopping_) work_.WaitWithTimeout(&mutex_, options_.look);
      if (stopping_) return;
      entry = NextToMake();
    }
    if (entry != nullptr) Make(entry.get());
    Foresee();
  }
}

absl::StatusOr<IndexKeeper::Index> IndexKeeper::MakeIndex(const Entry& entry) {
  services::CallContext context;
  context.clearance = entry.clearance;
  context.deadline = absl::Now() + options_.max_making;
  context.cancelled = [this] { return stopping(); };
  graph::v1::ReadOptions read;
  read.set_at_revision(entry.revision);
  ATTLAS_ASSIGN_OR_RETURN(Gathered gathered,
                          GatherDocuments(graph_, context, read, options_.max_documents));
  {
    const absl::MutexLock lock(&mutex_);
    for (const EntryPtr& other : entries_) {
      if (other->index == nullptr || other->index->fingerprint() != gathered.fingerprint) continue;
      ++statistics_.shared;
      return other->index;
    }
  }
  ATTLAS_ASSIGN_OR_RETURN(Index index, SearchIndex::Create(std::move(gathered)));
  const absl::MutexLock lock(&mutex_);
  ++statistics_.made;
  return index;
}

void IndexKeeper::Make(Entry* entry) {
  absl::StatusOr<Index> made = MakeIndex(*entry);
  const absl::MutexLock lock(&mutex_);
  entry->done = true;
  entry->status = made.status();
  if (made.ok()) {
    entry->index = *std::move(made);
    if (entry->foreseen) ++statistics_.foreseen;
    MakeRoom();
  } else {
    // The next who asks tries anew.
    Drop(entry);
  }
  done_.SignalAll();
}

void IndexKeeper::Clear() {
  const absl::MutexLock lock(&mutex_);
  // What nobody has begun to make reads the graph as it is now.
  entries_.remove_if([this](const EntryPtr& entry) {
    mutex_.AssertHeld();
    return std::find(to_make_.begin(), to_make_.end(), entry) == to_make_.end();
  });
  MakeRoom();
}

void IndexKeeper::MakeRoom() {
  absl::flat_hash_set<const SearchIndex*> counted;
  size_t documents = 0;
  for (auto it = entries_.begin(); it != entries_.end();) {
    const SearchIndex* const index = (*it)->index.get();
    if (index != nullptr && !counted.contains(index)) {
      const bool full = counted.size() == options_.max_indexes ||
                        documents + index->document_count() > options_.max_total_documents;
      if (full && !counted.empty()) {
        it = entries_.erase(it);
        continue;
      }
      counted.insert(index);
      documents += index->document_count();
    }
    ++it;
  }
  // Entries that share an index are small, but there may be one for each revision.
  while (entries_.size() > 4 * options_.max_indexes && entries_.back()->done) entries_.pop_back();
  statistics_.indexes = counted.size();
  statistics_.documents = documents;
}

void IndexKeeper::Foresee() {
  const std::optional<std::string> revision = graph_->KnownRevision({});
  if (!revision.has_value()) return;
  const absl::MutexLock lock(&mutex_);
  if (*revision == last_revision_) return;
  last_revision_ = *revision;
  for (Viewer& viewer : viewers_) {
    // Who did not search since the last revision may have gone: a graph that is written to all the
    // time must not keep this thread busy for nobody.
    if (std::exchange(viewer.active, false)) FindOrAdd(*revision, viewer.clearance, true);
  }
}

IndexKeeper::Statistics IndexKeeper::statistics() const {
  const absl::MutexLock lock(&mutex_);
  return statistics_;
}

}  // namespace attlas::search
