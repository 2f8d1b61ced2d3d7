/** Memory for people: `512 MiB`, `2 GiB`, `2.5 GiB`. */
export const memory = (mebibytes: number): string =>
  mebibytes < 1024 ? `${mebibytes} MiB` : `${Math.round((mebibytes / 1024) * 10) / 10} GiB`;

export const cores = (count: number): string => `${count} vCPU${count === 1 ? '' : 's'}`;

export const size = (spec: { vcpus: number; memoryMiB: number }): string =>
  `${cores(spec.vcpus)}, ${memory(spec.memoryMiB)}`;
