import { Link } from 'react-router';
import type { ViolationSubject } from '../api/types';

const KIND: Record<ViolationSubject['kind'], string> = {
  vm: 'VM',
  lease: 'lease',
  job: 'job',
  domain: 'domain',
  node: 'node',
};

/** What a violation is about; a VM can be followed. */
export function Subjects({ subjects }: { subjects: ViolationSubject[] }) {
  return (
    <ul className="anemone-plain-list">
      {subjects.map((subject) => (
        <li key={`${subject.kind} ${subject.id}`}>
          {KIND[subject.kind]} <Subject {...subject} />
        </li>
      ))}
    </ul>
  );
}

function Subject({ kind, id }: ViolationSubject) {
  switch (kind) {
    case 'vm':
      return <Link to={`/vms/${id}`}>{id.slice(0, 8)}</Link>;
    case 'lease':
      return <span title={id}>{id.slice(0, 8)}</span>;
    case 'job':
    case 'domain':
    case 'node':
      return id;
  }
}
