#include "graph/commit/committer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::graph {
namespace {

// Commits that go to disk together; more would make the first of them wait for nothing.
constexpr size_t kMaxGroup = 256;

CommitOutput OutputOf(const storage::v1::RequestRecord& request) {
  CommitOutput output;
  output.revision = request.revision();
  output.names.assign(request.names().begin(), request.names().end());
  output.etags.assign(request.etags().begin(), request.etags().end());
  if (request.counts_size() == 4) {
    output.created = request.counts(0);
    output.updated = request.counts(1);
    output.deleted = request.counts(2);
    output.unchanged = request.counts(3);
  }
  return output;
}

storage::v1::RequestRecord RequestOf(const CommitOutput& output, const std::string& body_hash,
                                     absl::Time time) {
  storage::v1::RequestRecord request;
  request.set_body_hash(body_hash);
  request.set_revision(output.revision);
  request.set_commit_time_us(absl::ToUnixMicros(time));
  request.mutable_names()->Add(output.names.begin(), output.names.end());
  request.mutable_etags()->Add(output.etags.begin(), output.etags.end());
  for (const size_t count : {output.created, output.updated, output.deleted, output.unchanged}) {
    request.add_counts(count);
  }
  return request;
}

}  // namespace

Committer::Committer(Store& store, SpaceTable& spaces, Published<Snapshot>& latest,
                     RecordCache& records, StoreHead head, size_t bulk_mutations, Notify notify)
    : store_(store),
      spaces_(spaces),
      latest_(latest),
      records_(records),
      bulk_mutations_(bulk_mutations),
      notify_(std::move(notify)),
      head_(head) {
  // Also not from one run to the next, where the clock was set back between them.
  const auto last = store_.GetCommit(head.revision);
  if (last.ok() && last->has_value()) {
    last_commit_time_ = absl::FromUnixMicros((*last)->commit_time_us());
  }
}

void Committer::Waiting::Tell(Turn what) {
  {
    MutexLock lock(mutex);
    turn = what;
  }
  told.NotifyOne();
}

Committer::Turn Committer::Waiting::WaitForTurn() {
  MutexLock lock(mutex);
  while (turn == Turn::kWait) told.Wait(mutex);
  return turn;
}

absl::Time Committer::NextCommitTime() {
  // Recorded time never goes back, whatever the clock does.
  last_commit_time_ = std::max(absl::Now(), last_commit_time_ + absl::Microseconds(1));
  return last_commit_time_;
}

absl::StatusOr<CommitOutput> Committer::Commit(const CommitInput& input,
                                               std::vector<PreparedMutation> mutations,
                                               std::string body_hash) {
  const auto own = std::make_shared<Waiting>();
  own->input = &input;
  own->mutations = std::move(mutations);
  own->body_hash = std::move(body_hash);
  if (!IsBulk(*own)) ATTLAS_RETURN_IF_ERROR(LookUpNames(own->mutations));
  Queue(own);
  return std::move(own->result);
}

void Committer::Queue(const WaitingPtr& own) {
  bool leads = false;
  {
    MutexLock lock(mutex_);
    queue_.push_back(own);
    leads = !leading_;
    leading_ = true;
  }
  if (!leads) leads = own->WaitForTurn() == Turn::kLead;
  // Whoever leads is the first of the queue, so that its own commit is in the group.
  if (leads) Lead(TakeGroup());
}

absl::Status Committer::LookUpNames(std::vector<PreparedMutation>& mutations) const {
  for (PreparedMutation& mutation : mutations) {
    const auto look_up = [&](const std::string& name) -> absl::Status {
      ATTLAS_ASSIGN_OR_RETURN(auto id, store_.FindName(name));
      mutation.known.push_back(id);
      return absl::OkStatus();
    };
    mutation.known.reserve(2 + mutation.sources.size());
    const bool has_ends = mutation.kind == EntityKind::kEdge && mutation.verb != Verb::kDelete;
    for (const std::string* end : {&mutation.from, &mutation.to}) {
      if (has_ends) {
        ATTLAS_RETURN_IF_ERROR(look_up(*end));
      } else {
        mutation.known.emplace_back();
      }
    }
    for (const std::string& source : mutation.sources) ATTLAS_RETURN_IF_ERROR(look_up(source));
  }
  return absl::OkStatus();
}

std::vector<Committer::WaitingPtr> Committer::TakeGroup() {
  MutexLock lock(mutex_);
  const size_t most = GoesAlone(*queue_.front()) ? 1 : std::min(queue_.size(), kMaxGroup);
  std::vector<WaitingPtr> group;
  while (group.size() < most && (group.empty() || !GoesAlone(*queue_.front()))) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  in_hand_ = group.size();
  return group;
}

void Committer::Lead(const std::vector<WaitingPtr>& group) {
  RunGroup(group);
  WaitingPtr next;
  {
    MutexLock lock(mutex_);
    in_hand_ = 0;
    leading_ = !queue_.empty();
    if (leading_) next = queue_.front();
  }
  // The next group starts while this one is told.
  if (next != nullptr) next->Tell(Turn::kLead);
  for (size_t i = 1; i < group.size(); ++i) group[i]->Tell(Turn::kDone);
}

void Committer::RunGroup(const std::vector<WaitingPtr>& group) {
  if (group[0]->alone) {
    group[0]->result = CommitOutput();
    if (absl::Status done = group[0]->alone(); !done.ok()) group[0]->result = std::move(done);
    return;
  }
  const SnapshotPtr base = latest_.Load();
  const BatchKind alone = IsBulk(*group[0]) ? BatchKind::kBulk : BatchKind::kOneCommit;
  StoreBatch batch(store_, group.size() == 1 ? alone : BatchKind::kCommits);
  SnapshotBuilder builder(base, base->ontology());
  CommitGroup shared{batch, builder, spaces_, *base->ontology(), head_};
  for (const WaitingPtr& member : group) member->result = StageOne(*member, shared);
  if (shared.head.revision == head_.revision) return;
  batch.PutHead(shared.head);
  const absl::Status written = WriteGroup(batch, shared.head.revision - head_.revision);
  if (!written.ok()) {
    for (const WaitingPtr& member : group) member->result = written;
    // Numbers of spaces that did not reach the disk are taken back.
    if (auto spaces = store_.Spaces(); spaces.ok()) spaces_.Reset(std::move(*spaces));
    return;
  }
  head_ = shared.head;
  records_.Erase(shared.superseded);
  latest_.Publish(std::move(builder).Build(head_.revision));
  notify_(head_.revision);
}

absl::Status Committer::WriteGroup(StoreBatch& batch, uint64_t commits) {
  const absl::Time begin = absl::Now();
  absl::Status written = store_.Write(batch);
  write_nanoseconds_ += absl::ToInt64Nanoseconds(absl::Now() - begin);
  ++groups_;
  if (written.ok()) {
    commits_ += commits;
  } else {
    ++failures_;
  }
  return written;
}

CommitterStatistics Committer::Statistics() const {
  CommitterStatistics statistics{.commits = commits_,
                                 .groups = groups_,
                                 .failures = failures_,
                                 .write_time = absl::Nanoseconds(write_nanoseconds_.load())};
  const MutexLock lock(mutex_);
  statistics.queued = queue_.size() + in_hand_;
  return statistics;
}

absl::StatusOr<CommitOutput> Committer::StageOne(Waiting& waiting, CommitGroup& group) {
  const CommitInput& input = *waiting.input;
  if (!input.request_id.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const auto earlier, group.batch.GetRequest(input.request_id));
    if (earlier.has_value()) {
      if (earlier->body_hash() == waiting.body_hash) return OutputOf(*earlier);
      return MakeError(absl::StatusCode::kInvalidArgument,
                       absl::StrCat("request_id ", input.request_id,
                                    " was used before with another body; choose a new one"),
                       {.reason = "REQUEST_ID_REUSED",
                        .metadata = {{"request_id", input.request_id}},
                        .violations = {{"request_id", "was used before with another body"}}});
    }
  }
  Stage stage(group, input.clearance, input.may_remark);
  ATTLAS_RETURN_IF_ERROR(stage.CheckPreconditions(input.preconditions));
  for (PreparedMutation& mutation : waiting.mutations) {
    ATTLAS_RETURN_IF_ERROR(stage.Take(mutation));
  }
  if (input.validate_only || !stage.changed()) return stage.Output(group.head.revision);
  return Record(waiting, stage.Output(group.head.revision + 1), stage, group);
}

absl::StatusOr<CommitOutput> Committer::Record(const Waiting& waiting, const CommitOutput& output,
                                               Stage& stage, CommitGroup& group) {
  const absl::Time time = NextCommitTime();
  storage::v1::CommitRecord log;
  log.set_commit_time_us(absl::ToUnixMicros(time));
  log.set_reason(waiting.input->reason);
  ATTLAS_RETURN_IF_ERROR(stage.Apply(output.revision, &log));
  group.batch.PutCommit(output.revision, log);
  if (!waiting.input->request_id.empty()) {
    group.batch.PutRequest(waiting.input->request_id, RequestOf(output, waiting.body_hash, time));
  }
  return output;
}

absl::Status Committer::ReplaceOntology(std::shared_ptr<const OntologyIndex> ontology) {
  const SnapshotPtr base = latest_.Load();
  StoreHead head = head_;
  StoreBatch batch(store_);
  // The first ontology holds from the empty graph on; a successor makes a revision of its own.
  if (base->ontology() != nullptr) {
    ++head.revision;
    storage::v1::CommitRecord log;
    log.set_commit_time_us(absl::ToUnixMicros(NextCommitTime()));
    log.set_reason(absl::StrCat("ontology ", ontology->proto().version()));
    batch.PutCommit(head.revision, log);
  }
  batch.PutOntology(head.revision, ontology->proto());
  batch.PutHead(head);
  ATTLAS_RETURN_IF_ERROR(store_.Write(batch));
  head_ = head;
  SnapshotBuilder builder(base, std::move(ontology));
  latest_.Publish(std::move(builder).Build(head.revision));
  return absl::OkStatus();
}

}  // namespace attlas::graph
