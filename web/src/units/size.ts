const rounded = (number: number): number => Math.round(number * 10) / 10;

/** Memory or disk for people: `512 MiB`, `2 GiB`, `2.5 GiB`, `2 TiB`. */
export const memory = (mebibytes: number): string => {
  if (mebibytes < 1024) return `${mebibytes} MiB`;
  const gibibytes = mebibytes / 1024;
  return gibibytes < 1024 ? `${rounded(gibibytes)} GiB` : `${rounded(gibibytes / 1024)} TiB`;
};

export const cores = (count: number): string => `${count} vCPU${count === 1 ? '' : 's'}`;

export const size = (spec: { vcpus: number; memoryMiB: number }): string =>
  `${cores(spec.vcpus)}, ${memory(spec.memoryMiB)}`;
