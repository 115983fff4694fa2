// The gRPC face of backups: attlas.backup.v1.BackupService.
#ifndef ATTLAS_SERVICES_BACKUP_BACKUP_SERVICE_H_
#define ATTLAS_SERVICES_BACKUP_BACKUP_SERVICE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "graph/graph.h"
#include "services/common/service_host.h"

namespace attlas::services {

// Where a daemon's backups go, and what of.
struct BackupServiceOptions {
  std::string backup_dir;  // Empty for a daemon that makes none.
  std::string data_dir;    // The directory of the store.
  std::string audit_dir;   // That of the audit log; empty for none.
  size_t keep_count = 7;   // How many backups are kept where a caller does not say.
};

// A service over `graph`, which is null where the store is elsewhere; both outlive it.
std::unique_ptr<HostedService> MakeBackupService(const graph::Graph* graph, ServiceRuntime* runtime,
                                                 BackupServiceOptions options);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_BACKUP_BACKUP_SERVICE_H_
