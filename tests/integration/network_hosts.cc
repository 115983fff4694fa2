#include "tests/integration/network_hosts.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace attlas::testing {
namespace {

// Addresses for documentation (RFC 5737), which lead nowhere.
constexpr char kNetwork[] = "192.0.2.";
constexpr size_t kFirstHost = 10;

bool Run(const std::string& command) {
  return std::system((command + " 2> /dev/null").c_str()) == 0;
}

// A process in a network namespace of its own that waits until it is killed, or its parent ends;
// -1 where it may not have one.
pid_t HoldNamespace() {
  std::array<int, 2> ready{};
  if (pipe(ready.data()) != 0) return -1;
  const pid_t holder = fork();
  if (holder == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char made = unshare(CLONE_NEWNET) == 0 ? 1 : 0;
    if (write(ready[1], &made, 1) != 1) _exit(1);
    while (true) pause();
  }
  close(ready[1]);
  char made = 0;
  const bool told = read(ready[0], &made, 1) == 1;
  close(ready[0]);
  if (holder > 0 && told && made == 1) return holder;
  if (holder > 0) {
    kill(holder, SIGKILL);
    waitpid(holder, nullptr, 0);
  }
  return -1;
}

std::string NamespaceOf(pid_t holder) { return absl::StrCat("--net=/proc/", holder, "/ns/net"); }

}  // namespace

NetworkHosts::NetworkHosts(const std::vector<std::string>& names) {
  for (const std::string& name : names) hosts_[name];
  isolated_ = Isolate();
  size_t index = 0;
  for (auto& [name, host] : hosts_) {
    isolated_ = isolated_ && Attach(index, &host);
    ++index;
  }
  if (isolated_) return;
  // Addresses that another program hardly uses: by the number of the process.
  index = 0;
  const int process = getpid();
  for (auto& [name, host] : hosts_) {
    host.address =
        absl::StrCat("127.", 1 + process / 250 % 250, ".", process % 250, ".", kFirstHost + index);
    ++index;
  }
}

NetworkHosts::~NetworkHosts() {
  for (auto& [name, host] : hosts_) {
    if (host.holder <= 0) continue;
    kill(host.holder, SIGKILL);
    waitpid(host.holder, nullptr, 0);
  }
}

bool NetworkHosts::Isolate() {
  // Nothing is left before it is sure that there is something to go to.
  return Run("ip -V > /dev/null && nsenter -V > /dev/null") && unshare(CLONE_NEWNET) == 0 &&
         Run("ip link set lo up") && Run("ip link add attlas type bridge") &&
         Run(absl::StrCat("ip addr add ", kNetwork, "1/24 dev attlas")) &&
         Run("ip link set attlas up");
}

bool NetworkHosts::Attach(size_t index, Host* host) {
  host->holder = HoldNamespace();
  if (host->holder < 0) return false;
  host->address = absl::StrCat(kNetwork, kFirstHost + index);
  const std::string link = absl::StrCat("host", index);
  const std::string inside = absl::StrCat("nsenter ", NamespaceOf(host->holder), " ip ");
  return Run(absl::StrCat("ip link add ", link, " type veth peer name eth0 netns ",
                          host->holder)) &&
         Run(absl::StrCat("ip link set ", link, " master attlas up")) &&
         Run(absl::StrCat(inside, "addr add ", host->address, "/24 dev eth0")) &&
         Run(inside + "link set eth0 up") && Run(inside + "link set lo up");
}

std::vector<std::string> NetworkHosts::within(const std::string& name) const {
  if (!isolated_) return {};
  return {"nsenter", NamespaceOf(hosts_.at(name).holder)};
}

}  // namespace attlas::testing
