#include "graph/graph.h"

#include <openssl/sha.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/graph_impl.h"
#include "graph/store/revision_token.h"

namespace attlas::graph {
namespace {

// Covers all that makes two requests the same, and nothing that does not.
std::string BodyHash(const CommitInput& input) {
  std::string body;
  const auto add = [&body](const google::protobuf::Message& message) {
    const std::string bytes = SerializeDeterministic(message);
    absl::StrAppend(&body, bytes.size(), ":", bytes);
  };
  for (const v1::Mutation& mutation : input.mutations) add(mutation);
  absl::StrAppend(&body, ";");
  for (const v1::Precondition& precondition : input.preconditions) add(precondition);
  absl::StrAppend(&body, ";", input.reason, ";", input.validate_only ? 1 : 0);
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(body.data()), body.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

}  // namespace

Graph::Graph(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Graph::~Graph() = default;

absl::StatusOr<std::unique_ptr<Graph>> Graph::Open(const GraphOptions& options) {
  auto impl = std::make_unique<Impl>(options);
  ATTLAS_ASSIGN_OR_RETURN(impl->store, Store::Open({.path = options.path,
                                                    .create_if_missing = options.create_if_missing,
                                                    .read_only = options.read_only,
                                                    .block_cache_bytes = options.block_cache_bytes,
                                                    .log = options.log}));
  ATTLAS_RETURN_IF_ERROR(impl->Load());
  return std::unique_ptr<Graph>(new Graph(std::move(impl)));
}

absl::Status Graph::Impl::Load() {
  ATTLAS_ASSIGN_OR_RETURN(std::vector<std::string> names, store->Spaces());
  spaces.Reset(std::move(names));
  ATTLAS_ASSIGN_OR_RETURN(auto stored, store->Ontologies());
  std::shared_ptr<const OntologyIndex> newest;
  for (auto& [revision, proto] : stored) {
    ATTLAS_ASSIGN_OR_RETURN(newest, OntologyIndex::Create(std::move(proto)));
    MutexLock lock(ontology_mutex);
    ontologies.emplace_back(revision, newest);
  }
  ATTLAS_ASSIGN_OR_RETURN(const StoreHead head, store->Head());
  ATTLAS_RETURN_IF_ERROR(BuildLatest(head, newest));
  committer =
      std::make_unique<Committer>(*store, spaces, latest, records, head, options.bulk_mutations,
                                  [this](uint64_t revision) { Notify(revision); });
  ATTLAS_RETURN_IF_ERROR(EraseRemains());
  return AdoptOntology(newest);
}

absl::Status Graph::Impl::AdoptOntology(const std::shared_ptr<const OntologyIndex>& stored) {
  const std::shared_ptr<const OntologyIndex>& wanted = options.ontology;
  if (wanted == nullptr) {
    if (stored != nullptr) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat("the store in '", options.path, "' is new and needs an ontology; name one"));
  }
  if (stored != nullptr) {
    if (SerializeDeterministic(stored->proto()) == SerializeDeterministic(wanted->proto())) {
      return absl::OkStatus();
    }
    ATTLAS_RETURN_IF_ERROR(stored->CheckSuccessor(*wanted));
  }
  if (options.read_only) return absl::FailedPreconditionError("the store is open for reading only");
  ATTLAS_RETURN_IF_ERROR(committer->ReplaceOntology(wanted));
  MutexLock lock(ontology_mutex);
  ontologies.emplace_back(latest.Load()->revision(), wanted);
  return absl::OkStatus();
}

Marking Graph::Impl::MarkingOf(const HotRecord& hot) const {
  Marking marking;
  marking.set_traffic_light(static_cast<TrafficLight>(hot.level));
  if (hot.space != 0) marking.set_space(spaces.Name(hot.space));
  return marking;
}

absl::StatusOr<LinkRecord> Graph::Impl::LinkOf(const HotRecord& hot, AccessClasses& classes) const {
  ATTLAS_ASSIGN_OR_RETURN(
      const AccessId access,
      classes.FindOrAdd(MarkingOf(hot), static_cast<Confidence>(hot.confidence)));
  return LinkRecord{hot.from, hot.to, hot.valid_from, hot.valid_to, hot.type, access};
}

SnapshotPtr Graph::Latest() const { return impl_->latest.Load(); }

uint64_t Graph::EarliestRevision() const { return 0; }

absl::StatusOr<CommitOutput> Graph::Commit(CommitInput input) {
  if (impl_->options.read_only) {
    return absl::FailedPreconditionError("the store is open for reading only");
  }
  if (!input.unlimited && input.mutations.size() > impl_->options.max_mutations) {
    return InvalidField("mutations",
                        absl::StrCat("a commit holds at most ", impl_->options.max_mutations,
                                     " changes, not ", input.mutations.size()));
  }
  if (!input.request_id.empty() && !IsUuid(input.request_id)) {
    return InvalidField("request_id", absl::StrCat("'", input.request_id, "' is not a UUID"));
  }
  std::string body_hash = input.request_id.empty() ? "" : BodyHash(input);
  const std::shared_ptr<const OntologyIndex> checked = ontology();
  ATTLAS_ASSIGN_OR_RETURN(std::vector<PreparedMutation> prepared,
                          PrepareMutations(std::move(input.mutations), *checked, input.clearance));
  return impl_->committer->Commit(input, std::move(prepared), std::move(body_hash));
}

std::shared_ptr<void> Graph::Subscribe(CommitListener listener) {
  auto handle = std::make_shared<CommitListener>(std::move(listener));
  MutexLock lock(impl_->listener_mutex);
  impl_->listeners.emplace_back(handle);
  return handle;
}

void Graph::Impl::Notify(uint64_t revision) { Tell(&Impl::listeners, revision); }

void Graph::Impl::Tell(Listeners Impl::*whom, uint64_t revision) {
  std::vector<std::shared_ptr<CommitListener>> told;
  {
    MutexLock lock(listener_mutex);
    std::erase_if(this->*whom, [&](const std::weak_ptr<CommitListener>& weak) {
      std::shared_ptr<CommitListener> listener = weak.lock();
      if (listener == nullptr) return true;
      told.push_back(std::move(listener));
      return false;
    });
  }
  for (const auto& listener : told) (*listener)(revision);
}

absl::Status Graph::Checkpoint(const std::string& directory) const {
  return impl_->store->Checkpoint(directory);
}

absl::Status Graph::Verify() const { return impl_->store->Verify(); }

std::string Graph::RevisionToken(uint64_t revision) const {
  return MakeRevisionToken(impl_->store->id(), revision);
}

absl::StatusOr<uint64_t> Graph::ParseRevisionToken(std::string_view token,
                                                   std::string_view field) const {
  return ReadRevisionToken(impl_->store->id(), token, field);
}

}  // namespace attlas::graph
