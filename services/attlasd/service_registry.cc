#include "services/attlasd/service_registry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cooperation/cooperation_service.h"
#include "services/engagement/engagement_service.h"
#include "services/evidence/evidence_service.h"
#include "services/graph/graph_service.h"
#include "services/instruments/instrument_service.h"
#include "services/synergy/synergy_service.h"
#include "services/transfers/transfer_service.h"

namespace attlas::services {

std::vector<std::string> KnownServices() {
  return {"backup", "cooperation", "engagement", "evidence",
          "graph",  "instruments", "synergy",    "transfers"};
}

absl::StatusOr<std::vector<std::string>> ResolveServices(const std::vector<std::string>& wanted,
                                                         bool graph_is_elsewhere) {
  const std::vector<std::string> known = KnownServices();
  const auto in = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (in(wanted, kGatewayAlone)) {
    if (wanted.size() == 1) return std::vector<std::string>();
    return absl::InvalidArgumentError("--services=gateway is for a daemon that hosts no service");
  }
  for (const std::string& name : wanted) {
    if (name == "all" || in(known, name)) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "--services names no service '", name, "'; there are all, ", absl::StrJoin(known, ", ")));
  }
  const auto needs_store = [](const std::string& name) {
    return name == "backup" || name == "graph";
  };
  for (const std::string& name : wanted) {
    if (!graph_is_elsewhere || !needs_store(name)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--services=", name,
                     " needs the store here, but --graph_address says that it "
                     "is elsewhere; give one of them"));
  }
  std::vector<std::string> resolved;
  for (const std::string& name : known) {
    const bool all = in(wanted, "all") && !(graph_is_elsewhere && needs_store(name));
    if (all || in(wanted, name)) resolved.push_back(name);
  }
  if (resolved.empty()) return absl::InvalidArgumentError("--services leaves no service to host");
  return resolved;
}

std::unique_ptr<HostedService> MakeService(const std::string& name, const ServiceParts& parts) {
  GraphApi* const graph = parts.graph;
  ServiceRuntime* const runtime = parts.runtime;
  if (name == "backup") return MakeBackupService(parts.store, runtime, parts.backup);
  if (name == "cooperation") return MakeCooperationService(graph, runtime);
  if (name == "engagement") return MakeEngagementService(graph, runtime, parts.keeper);
  if (name == "evidence") return MakeEvidenceService(graph, runtime);
  if (name == "instruments") return MakeInstrumentService(graph, runtime);
  if (name == "synergy") return MakeSynergyService(graph, runtime);
  if (name == "transfers") return MakeTransferService(graph, runtime);
  return name == "graph" ? MakeGraphService(parts.local, runtime) : nullptr;
}

}  // namespace attlas::services
