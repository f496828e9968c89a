/* The system calls that no plugin needs. Included by filter.c alone. */
#include <sys/syscall.h>

/* Numbers from 424 on are the same on every processor, and the headers of Debian 12 end at 450. */
enum {
  NR_open_tree = 428,
  NR_move_mount = 429,
  NR_fsopen = 430,
  NR_fsconfig = 431,
  NR_fsmount = 432,
  NR_fspick = 433,
  NR_pidfd_open = 434,
  NR_clone3 = 435,
  NR_close_range = 436,
  NR_pidfd_getfd = 438,
  NR_process_madvise = 440,
  NR_mount_setattr = 442,
  NR_quotactl_fd = 443,
  NR_memfd_secret = 447,
  NR_process_mrelease = 448,
  NR_fchmodat2 = 452,
  NR_statmount = 457,
  NR_listmount = 458,
  NR_setxattrat = 463,
  NR_getxattrat = 464,
  NR_listxattrat = 465,
  NR_removexattrat = 466,
  NR_open_tree_attr = 467,
  NR_file_getattr = 468,
  NR_file_setattr = 469,
  LAST_KNOWN = NR_file_setattr
};

static const int denied_calls[] = {
  /* other programs and processes */
  SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
  NR_pidfd_open, NR_pidfd_getfd, SYS_pidfd_send_signal, NR_process_madvise, NR_process_mrelease,
  SYS_move_pages, SYS_migrate_pages, SYS_setpriority, SYS_ioprio_set, SYS_sched_setparam,
  SYS_sched_setscheduler, SYS_sched_setaffinity, SYS_sched_setattr, SYS_setsid, SYS_setpgid,
  SYS_setns, SYS_unshare,
#ifdef __x86_64__
  SYS_fork, SYS_vfork,
#endif

  /* what Landlock does not see of files: permissions, owners, times, attributes, changes */
  SYS_fchmod, SYS_fchmodat, NR_fchmodat2, SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_setxattr,
  SYS_lsetxattr, SYS_fsetxattr, NR_setxattrat, SYS_removexattr, SYS_lremovexattr,
  SYS_fremovexattr, NR_removexattrat, SYS_getxattr, SYS_lgetxattr, SYS_fgetxattr, NR_getxattrat,
  SYS_listxattr, SYS_llistxattr, SYS_flistxattr, NR_listxattrat, NR_file_getattr,
  NR_file_setattr, SYS_truncate /* by versions 1 and 2 */, SYS_name_to_handle_at,
  SYS_open_by_handle_at, SYS_inotify_init1, SYS_inotify_add_watch, SYS_fanotify_init,
  SYS_fanotify_mark,
#ifdef __x86_64__
  SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_inotify_init,
#endif

  /* memory and queues shared with any process of this user, which also outlive this one */
  SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_semget,
  SYS_semop, SYS_semtimedop, SYS_semctl, SYS_mq_open, SYS_mq_unlink, SYS_add_key,
  SYS_request_key, SYS_keyctl,

  /* large doors into the kernel */
  SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_bpf, SYS_perf_event_open,
  SYS_userfaultfd,
#ifdef __x86_64__
  SYS_modify_ldt,
#endif

  /* the machine */
  SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, NR_open_tree, NR_open_tree_attr,
  NR_move_mount, NR_fsopen, NR_fsconfig, NR_fsmount, NR_fspick, NR_mount_setattr, NR_statmount,
  NR_listmount, SYS_swapon, SYS_swapoff, SYS_quotactl, NR_quotactl_fd, SYS_acct, SYS_reboot,
  SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
  SYS_syslog, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex,
  SYS_sethostname, SYS_setdomainname, SYS_vhangup,
#ifdef __x86_64__
  SYS_iopl, SYS_ioperm,
#endif
};

/* Refused where no network is allowed. */
static const int network_calls[] = {
  SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
  /* the only ways for a descriptor to come in under another number */
  SYS_recvmsg, SYS_recvmmsg,
};
