import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";

/** Figures, the paths and the first table, in grey. */
export function JourneysSkeleton() {
  return (
    <Skeleton label="journeys">
      <div class="stack">
        <div class="journey-facts">
          {Array.from({ length: 4 }, (_, index) => (
            <div key={index} class="journey-fact">
              <Bone width="60%" height={13} />
              <Bone width="45%" height={28} />
              <Bone width="55%" height={12} />
            </div>
          ))}
        </div>
        <section class="card">
          <div class="card-head">
            <Bone width={170} height={20} />
          </div>
          <div class="card-body">
            <Bone height={380} />
          </div>
        </section>
      </div>
    </Skeleton>
  );
}
