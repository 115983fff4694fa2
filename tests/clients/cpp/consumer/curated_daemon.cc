#include "tests/clients/cpp/consumer/curated_daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "gtest/gtest.h"

extern char** environ;

namespace attlas::testing {
namespace {

std::string FromEnvironment(const char* name) {
  const char* value = getenv(name);
  return value == nullptr ? "" : value;
}

// Starts a program; `output` is where its standard output goes, -1 for nowhere.
pid_t Spawn(std::vector<std::string> words, int output) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (output >= 0) posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (output < 0) {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  }
  pid_t process = -1;
  const int failed = posix_spawn(&process, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? process : -1;
}

// The first line of what comes from `from`; shorter where the program ended.
std::string ReadLine(int from) {
  std::string line;
  for (char c = 0; read(from, &c, 1) == 1 && c != '\n';) line.push_back(c);
  return line;
}

}  // namespace

CuratedDaemon::CuratedDaemon() : address_("unix:" + directory_.file("d")) {
  const pid_t load = Spawn({FromEnvironment("ATTLAS_BIN") + "/attlas", "data", "load",
                            FromEnvironment("ATTLAS_DATA"), "--data_dir", directory_.file("store")},
                           -1);
  int status = -1;
  if (load > 0) waitpid(load, &status, 0);
  EXPECT_EQ(status, 0) << "the dataset was not loaded; ATTLAS_BIN and ATTLAS_DATA say where it is";
}

CuratedDaemon::~CuratedDaemon() { Kill(); }

void CuratedDaemon::Start(const std::vector<std::string>& flags) {
  std::array<int, 2> output{};
  ASSERT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
  std::vector<std::string> words = {FromEnvironment("ATTLAS_BIN") + "/attlasd",
                                    "--data_dir=" + directory_.file("store"),
                                    "--listen=" + address_, "--admin_listen=", "--http_listen="};
  words.insert(words.end(), flags.begin(), flags.end());
  process_ = Spawn(words, output[1]);
  close(output[1]);
  const std::string line = ReadLine(output[0]);
  // It prints nothing more before it ends.
  close(output[0]);
  const size_t begin = line.find(" on ");
  ASSERT_NE(begin, std::string::npos) << "attlasd did not start: " << line;
  address_ = line.substr(begin + 4, line.find(';', begin) - begin - 4);
}

void CuratedDaemon::Kill() { End(SIGKILL); }

void CuratedDaemon::Stop() { End(SIGTERM); }

void CuratedDaemon::End(int signal) {
  if (process_ <= 0) return;
  kill(process_, signal);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace attlas::testing
