#include "services/common/process_metrics.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"

namespace attlas::services {
namespace {

double SecondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return SecondsOf(usage.ru_utime) + SecondsOf(usage.ru_stime);
}

double ResidentBytes() {
  // Sizes in pages: all, then what is in memory.
  std::ifstream file("/proc/self/statm");
  double all = 0;
  double resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double OpenFiles() {
  std::error_code failed;
  double count = 0;
  for (std::filesystem::directory_iterator it("/proc/self/fd", failed), end; !failed && it != end;
       it.increment(failed)) {
    ++count;
  }
  // Not the one that lists them.
  return count > 0 ? count - 1 : 0;
}

double MaxFiles() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void AddProcessMetrics(RpcMetrics* metrics) {
  const double start = absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  metrics->AddCounter("process_cpu_seconds_total", "Processor time of the process.", CpuSeconds);
  metrics->AddGauge("process_resident_memory_bytes", "Memory of the process.", ResidentBytes);
  metrics->AddGauge("process_open_fds", "Files that are open.", OpenFiles);
  metrics->AddGauge("process_max_fds", "Files that may be open.", MaxFiles);
  metrics->AddGauge("process_start_time_seconds", "When the daemon started.",
                    [start] { return start; });
}

}  // namespace attlas::services
